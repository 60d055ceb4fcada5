"""Tables that come in and go out as Excel workbooks or CSV, whatever they are about (docs/decisions)."""
