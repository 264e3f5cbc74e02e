package import LoopbackServer

/// A page for a person.
package struct Page: Sendable {
    /// The parameter of a choice, which the page adds to the query of the request.
    private static let choiceParameter = "sandbox_choice="
    /// The choice of a person who does not agree.
    private static let refusal = "cancel"

    private let page: PlainPage

    /// A page with one sentence.
    package init(heading: String, text: String) {
        page = PlainPage(heading: heading, content: "<p>\(text.escapedForHTML)</p>")
    }

    /// A page on which a person chooses who they are.
    package init(choiceOf people: [Person], at name: String, query: String) {
        func link(_ choice: String, _ text: String) -> String {
            let parameters = "\(query)&\(Self.choiceParameter)\(choice)"
            return "<li><a href=\"?\(parameters.escapedForHTML)\">\(text.escapedForHTML)</a></li>"
        }
        let links = people.map { link($0.name, $0.description) } + [link(Self.refusal, "Cancel")]
        page = PlainPage(
            heading: "\(name) sandbox", content: "<p>Sign in as:</p>\n<ul>\n\(links.joined(separator: "\n"))\n</ul>")
    }

    /// A page that posts an answer to the client (OAuth 2.0 Form Post Response Mode §2).
    package init(posting answer: RedirectAnswer) {
        let fields = answer.parameters.sorted { $0.key < $1.key }.map { name, value in
            "<input type=\"hidden\" name=\"\(name.escapedForHTML)\" value=\"\(value.escapedForHTML)\">"
        }
        page = PlainPage(
            heading: "Signing in",
            content: """
                    <form method="post" action="\(answer.redirectURI.escapedForHTML)">
                    \(fields.joined(separator: "\n"))
                    <button>Continue</button>
                    </form>
                    <script>document.forms[0].submit()</script>
                """)
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
            body: Array(page.html.utf8))
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
