/// A small page for a developer's browser, as HTML.
package struct PlainPage: Sendable, Hashable {
    /// The heading, as text.
    private let heading: String
    /// The content below the heading, as HTML.
    private let content: String

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - heading: The heading, as text.
    ///   - content: What is below it, as HTML: the caller escapes the text in it by ``Swift/String/escapedForHTML``.
    package init(heading: String, content: String) {
        self.heading = heading
        self.content = content
    }

    /// The whole document.
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(heading.escapedForHTML)</title>
        <style>
        :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
        body { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; }
        pre { overflow-x: auto; font-size: 0.875rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(heading.escapedForHTML)</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    }
}

extension String {
    /// The text as HTML shows it, also in an attribute.
    package var escapedForHTML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
