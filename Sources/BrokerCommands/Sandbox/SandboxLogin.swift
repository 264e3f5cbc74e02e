import BrokerService
import IdentityBroker

/// A login at a sandbox's site, at which the sandbox does what the person would do in a browser.
struct SandboxLogin: Sendable {
    let id: ProviderID
    let broker: Broker
    /// What the browser would bring back from a URL.
    let answer: @Sendable (_ url: String) throws -> String

    /// Signs the person in. Nothing listens at the redirect URI, which no one is sent to.
    func run() async throws(BrokerError) -> Identity {
        let start = try await broker.beginRedirect(id, returningTo: "http://127.0.0.1/callback/\(id)")
        let text: String
        do {
            text = try answer(start.url)
        } catch {
            throw BrokerError(
                .misconfigured, "The sandbox does not accept how it was asked. Open its page with --browser to see why."
            )
        }
        let responseMode = broker.redirectForm(of: id)?.responseMode ?? .query
        return try await broker.login(id, with: .callback(text, of: start.flow, by: responseMode))
    }
}
