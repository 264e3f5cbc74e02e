import BrokerSandbox
import HTTPTypes
import Hummingbird
import IdentityBroker

/// A page of the example app.
struct ExamplePage: Sendable {
    let status: HTTPResponse.Status
    private let heading: String
    /// The content below the heading, as HTML.
    private let content: String

    static let signedOut = ExamplePage(
        status: .ok, heading: "Example app",
        content: #"<p>You are not signed in.</p><p><a href="/login">Sign in</a></p>"#)

    /// What the app knows about the person.
    static func signedIn(_ identity: Identity) -> ExamplePage {
        let text = IdentityText(identity: identity).rendered(in: TextStyle.plain)
        return ExamplePage(
            status: .ok, heading: "Example app",
            content: """
                <pre>\(text.escapedForHTML)</pre>
                <p><a href="/logout">Sign out</a></p>
                """)
    }

    /// The login failed.
    static func failed(_ error: BrokerError) -> ExamplePage {
        ExamplePage(
            status: .badRequest, heading: "The sign-in failed",
            content: "<p>\(error.message.escapedForHTML)</p><p><a href=\"/login\">Begin again</a></p>")
    }

    /// No login of this browser is under way.
    static let lost = ExamplePage(
        status: .badRequest, heading: "The sign-in failed",
        content: #"<p>It was begun in another browser, or is over.</p><p><a href="/login">Begin again</a></p>"#)

    static let notFound = ExamplePage(status: .notFound, heading: "Not found", content: "<p>There is no page here.</p>")

    var response: Response { PlainPage(heading: heading, content: content).response(status) }
}
