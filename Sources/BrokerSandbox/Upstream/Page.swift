package import LoopbackServer

/// A page for a person.
package struct Page: Sendable {
    /// The parameter of a choice, which the page adds to the query of the request.
    private static let choiceParameter = "sandbox_choice="
    /// The choice of a person who does not agree.
    private static let refusal = "cancel"

    private let heading: String
    /// The content below the heading, as HTML.
    private let content: String

    /// A page with one sentence.
    package init(heading: String, text: String) {
        self.heading = heading
        content = "<p>\(text.escapedForHTML)</p>"
    }

    /// A page on which a person chooses who they are.
    package init(choiceOf people: [Person], at name: String, query: String) {
        heading = "\(name) sandbox"
        func link(_ choice: String, _ text: String) -> String {
            let parameters = "\(query)&\(Self.choiceParameter)\(choice)"
            return "<li><a href=\"?\(parameters.escapedForHTML)\">\(text.escapedForHTML)</a></li>"
        }
        let links = people.map { link($0.name, $0.description) } + [link(Self.refusal, "Cancel")]
        content = "<p>Sign in as:</p>\n<ul>\n\(links.joined(separator: "\n"))\n</ul>"
    }

    /// A page that posts an answer to the client (OAuth 2.0 Form Post Response Mode §2).
    package init(posting answer: RedirectAnswer) {
        heading = "Signing in"
        let fields = answer.parameters.sorted { $0.key < $1.key }.map { name, value in
            "<input type=\"hidden\" name=\"\(name.escapedForHTML)\" value=\"\(value.escapedForHTML)\">"
        }
        content = """
            <form method="post" action="\(answer.redirectURI.escapedForHTML)">
            \(fields.joined(separator: "\n"))
            <button>Continue</button>
            </form>
            <script>document.forms[0].submit()</script>
            """
    }

    /// The query of an authorization request without the page's own parameter, which comes last, and what the person chose by
    /// that; nil if they have not chosen, or no one whom the sandbox knows.
    package static func choice(in query: String, among people: [Person]) -> (query: String, decision: Decision?) {
        // By bytes, as the parameters are read.
        let separator = UInt8(ascii: "&")
        let fields = Array(query.utf8).split(separator: separator)
        guard let last = fields.last, last.starts(with: choiceParameter.utf8) else { return (query, nil) }
        let choice = String(decoding: last.dropFirst(choiceParameter.utf8.count), as: UTF8.self)
        let person = people.first { $0.name == choice }
        let rest = String(decoding: Array(fields.dropLast().joined(separator: [separator])), as: UTF8.self)
        return (rest, choice == refusal ? .refuse : person.map(Decision.agree))
    }

    /// The page as an answer.
    package func script(status: Int = 200) -> ServerScript {
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
        <title>\(heading.escapedForHTML)</title>
        <style>
        :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
        body { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; }
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

    /// What becomes of an authorization request, as an answer to the browser.
    ///
    /// - Parameters:
    ///   - name: The vendor's name.
    ///   - query: The parameters of the request, which the choice of a person is added to.
    package static func script(
        of outcome: AuthorizationOutcome,
        at name: String,
        among people: [Person],
        query: String
    ) -> ServerScript {
        switch outcome {
        case .error(let text): return Page(heading: "\(name) sandbox", text: text).script(status: 400)
        case .choice: return Page(choiceOf: people, at: name, query: query).script()
        case .answer(let answer) where answer.isPosted: return Page(posting: answer).script()
        case .answer(let answer):
            let mark = answer.redirectURI.contains("?") ? "&" : "?"
            return .redirect(to: "\(answer.redirectURI)\(mark)\(FormText.encode(answer.parameters))")
        }
    }

}

extension String {
    /// The text as HTML shows it, also in an attribute.
    package var escapedForHTML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
