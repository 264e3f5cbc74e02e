import BrokerSandbox
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

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

    var response: Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(heading)</title>
        <style>
        :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
        body { max-width: 40rem; margin: 10vh auto 0; padding: 0 1.5rem; }
        pre { overflow-x: auto; font-size: 0.875rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(heading)</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    }
}
