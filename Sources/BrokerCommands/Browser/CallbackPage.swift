import BrokerSandbox
import HTTPTypes
import Hummingbird
import IdentityBroker

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

    /// The page as a response, after which the browser need not come back.
    var response: Response {
        // Its texts are constants without characters that HTML would interpret.
        var response = PlainPage(heading: heading, content: "<p>\(text)</p>").response(status)
        response.headers[.connection] = "close"
        return response
    }
}
