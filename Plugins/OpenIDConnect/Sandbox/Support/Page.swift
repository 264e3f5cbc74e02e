import LoopbackServer

/// A page for a person.
struct Page: Sendable {
    /// The parameter of a choice, which the page adds to the query of the request.
    static let choiceParameter = "sandbox_choice="
    /// The choice of a person who does not agree.
    static let refusal = "cancel"

    private let heading: String
    /// The content below the heading, as HTML.
    private let content: String

    /// A page with one sentence.
    init(heading: String, text: String) {
        self.heading = heading
        content = "<p>\(Self.escaped(text))</p>"
    }

    /// A page on which a person chooses who they are.
    init(choiceOf people: [Person], at name: String, query: String) {
        heading = "\(name) sandbox"
        func link(_ choice: String, _ text: String) -> String {
            "<li><a href=\"?\(Self.escaped("\(query)&\(Self.choiceParameter)\(choice)"))\">\(Self.escaped(text))</a></li>"
        }
        let links = people.map { link($0.name, $0.description) } + [link(Self.refusal, "Cancel")]
        content = "<p>Sign in as:</p>\n<ul>\n\(links.joined(separator: "\n"))\n</ul>"
    }

    /// A page that posts an answer to the client (OAuth 2.0 Form Post Response Mode §2).
    init(posting answer: RedirectAnswer) {
        heading = "Signing in"
        let fields = answer.parameters.sorted { $0.key < $1.key }.map { name, value in
            "<input type=\"hidden\" name=\"\(Self.escaped(name))\" value=\"\(Self.escaped(value))\">"
        }
        content = """
            <form method="post" action="\(Self.escaped(answer.redirectURI))">
            \(fields.joined(separator: "\n"))
            <button>Continue</button>
            </form>
            <script>document.forms[0].submit()</script>
            """
    }

    /// The page as an answer.
    func script(status: Int = 200) -> ServerScript {
        .respond(
            status: status,
            headers: [
                HeaderField("Content-Type", "text/html; charset=utf-8"), HeaderField("Cache-Control", "no-store"),
                HeaderField("Referrer-Policy", "no-referrer"),
            ],
            body: Array(html.utf8))
    }

    private var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(heading))</title>
        <style>
        :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
        body { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(Self.escaped(heading))</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
