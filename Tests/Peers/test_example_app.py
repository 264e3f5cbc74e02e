"""The example app of `serve --sandbox`: a whole login in a browser, without any configuration."""

import html
import json
import re

import requests
from running import Running


def link(page, pattern):
    """The address of the first link that fits."""
    found = re.search(f'<a [^>]*href="([^"]*{pattern}[^"]*)"', page.text)
    assert found, page.text
    return requests.compat.urljoin(page.url, html.unescape(found[1]))


def press(browser, page, action):
    """Sends the form of a page by one of its buttons."""
    target = re.search('<form method="post" action="([^"]*)"', page.text)
    assert target, page.text
    fields = re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
    form = {html.unescape(name): html.unescape(value) for name, value in fields} | {"action": action}
    address = requests.compat.urljoin(page.url, html.unescape(target[1]))
    origin = address[: address.index("/", len("http://"))]
    return browser.post(address, data=form, headers={"Origin": origin})


def test_a_person_signs_in_to_the_example_app_and_out(tmp_path):
    with Running("serve", "--sandbox", "--format", "json", directory=tmp_path) as running:
        report = json.loads(running.first_line)
        app = report["example"]["app_url"]
        browser = requests.Session()
        start = browser.get(app)
        assert "You are not signed in." in start.text
        people = browser.get(link(start, "/login"))
        # An address on this machine proves no app, so the person is asked each time (RFC 8252 section 8.6).
        asked = browser.get(link(people, "sandbox_choice=ada"))
        assert "Continue to Example site?" in asked.text and 'data-action="continue"' in asked.text
        page = press(browser, asked, "continue")
        assert page.url == app and "Ada Lovelace" in page.text and report["issuer"] in page.text
        assert "Ada Lovelace" in press(browser, browser.get(app + "login"), "continue").text, "without the upstream"
        account = browser.get(report["issuer"] + "/account")
        assert "data-session=" in account.text
        asked = browser.get(app + "logout")
        assert "You are signed out" in press(browser, asked, "logout").text
        assert "You are not signed in." in browser.get(app).text
        assert "sandbox_choice=ada" in browser.get(app + "login").text, "the session at the broker has ended"
