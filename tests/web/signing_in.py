"""Signing in as a demonstration account, in a browser."""

from django.urls import reverse
from playwright.sync_api import Page

from lakthan.demo.people import PASSWORD
from lakthan.rules.permissions import Role

MY_WORK = reverse("my-work")


def sign_in(page: Page, role: Role | str) -> Page:
    """The page, of somebody who stands before the own work; its context knows the address of the site."""
    page.goto(f"{reverse('account_login')}?next={MY_WORK}")
    page.locator("input[name=login]").fill(f"demo-{role}")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form.account-form button[type=submit]").click()
    page.wait_for_url(f"**{MY_WORK}")
    return page
