import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

/// A page that tells a person what became of the login in their terminal. It says nothing about who they are.
struct CallbackPage: Sendable, Equatable {
    let status: HTTPResponse.Status
    let heading: String
    let text: String

    /// The login succeeded.
    static let signedIn = CallbackPage(
        status: .ok, heading: "Signed in", text: "You can close this page and return to the terminal.")

    /// The login failed.
    static func failed(_ error: BrokerError) -> CallbackPage {
        guard error.kind != .cancelled else { return .interrupted }
        let heading = error.kind == .cancelledByUser ? "Sign-in was cancelled" : "Sign-in failed"
        return CallbackPage(status: .ok, heading: heading, text: "The terminal shows why. You can close this page.")
    }

    /// The command ended first.
    static let interrupted = CallbackPage(
        status: .serviceUnavailable, heading: "Sign-in was interrupted", text: "Begin again in the terminal.")

    /// The request does not answer the login that the command waits for.
    static let refused = CallbackPage(
        status: .badRequest, heading: "Nothing to do here",
        text: "This does not belong to the sign-in that the terminal waits for. Begin again there.")

    /// There is no such page.
    static let notFound = CallbackPage(status: .notFound, heading: "Not found", text: "There is no page here.")

    /// The page as a response. Nothing is cached, framed, loaded or passed on from it.
    var response: Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .connection: "close",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                .referrerPolicy: "no-referrer",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }

    /// Its texts are constants without characters that HTML would interpret.
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
        body { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(heading)</h1>
        <p>\(text)</p>
        </main>
        </body>
        </html>

        """
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = name("Referrer-Policy")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("The letters are those of a field name.") }
        return name
    }
}
