import BrokerConfiguration
import BrokerService
import IdentityBroker
import Logging

/// A login at the upstream's own site in the user's browser, which comes back to this process (RFC 8252 §7.3).
struct BrowserLogin: Sendable {
    let id: ProviderID
    let broker: Broker
    /// The port to listen on; 0 for any free one.
    let port: Int
    /// How long the user may take.
    let wait: Duration
    let logger: Logger
    /// Shows the URL to the user.
    let show: @Sendable (String) -> Void
    /// Opens the URL; nil if the user does.
    let openBrowser: (@Sendable (String) -> Void)?

    /// Signs the user in.
    ///
    /// - Parameter end: Where the end of the listener is registered.
    /// - Throws: ``BrokerError``; of kind ``BrokerError/Kind/timedOut`` if no one came back in time.
    func run(endingWith end: OrderlyEnd) async throws(BrokerError) -> Identity {
        let listener = CallbackListener(logger: logger)
        let port = try await listener.listen(on: port, endingWith: end)
        let path = "/callback/\(id)"
        let start = try await broker.beginRedirect(id, returningTo: "http://127.0.0.1:\(port)\(path)")
        let responseMode = broker.redirectForm(of: id)?.responseMode ?? .query
        listener.expect(
            CallbackListener.Expectation(path: path, responseMode: responseMode) { [broker] text in
                broker.isAnswer(text, to: start.flow)
            })
        show(start.url)
        openBrowser?(start.url)
        do throws(BrokerError) {
            guard let answer = try await listener.answer(within: wait) else {
                throw BrokerError(
                    .timedOut, "No one signed in within \(wait.setting). Begin again, or allow more with --wait.")
            }
            let identity = try await broker.login(id, with: .callback(answer, of: start.flow, by: responseMode))
            listener.show(.signedIn)
            return identity
        } catch {
            listener.show(.failed(error))
            throw error
        }
    }
}
