"""The pages of money: what became of it at all districts, the register of one, and everything that is entered."""
