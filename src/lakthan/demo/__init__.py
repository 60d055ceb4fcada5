"""The demonstration city: fiscal year 2563 of Bangkok's 50 districts, built through the services, the same each time.

Districts and bureaus are real; communities, their plans, projects, documents and all people are made up and marked.
"""
