import BrokerConfiguration
import BrokerService
import IdentityBroker
import Logging
import StrictJSON

/// A login at the upstream's own site in the user's browser, which comes back to this process (RFC 8252 §7.3).
struct BrowserLogin: Sendable {
    let id: ProviderID
    let broker: Broker
    /// The port to listen on; 0 for any free one.
    let port: Int
    /// How long the user may take.
    let wait: Duration
    let opensBrowser: Bool
    let logger: Logger
    /// Shows the URL to the user.
    let show: @Sendable (String) -> Void

    /// Signs the user in.
    ///
    /// - Throws: ``BrokerError``; of kind ``BrokerError/Kind/timedOut`` if nobody came back in time.
    func run() async throws(BrokerError) -> Identity {
        let listener = CallbackListener(port: port, logger: logger)
        return try await listener.run { [self] port throws(BrokerError) in
            let path = "/callback/\(id)"
            let start = try await broker.beginRedirect(id, returningTo: "http://127.0.0.1:\(port)\(path)")
            let responseMode = broker.redirectForm(of: id)?.responseMode ?? .query
            listener.expect(
                CallbackListener.Expectation(path: path, responseMode: responseMode) { [broker] text in
                    broker.isAnswer(text, to: start.flow)
                })
            show(start.url)
            if opensBrowser { SystemBrowser.open(start.url) }
            let answer = try await answer(to: listener)
            do throws(BrokerError) {
                let identity = try await broker.login(id, with: .callback(answer, of: start.flow, by: responseMode))
                listener.show(.signedIn)
                return identity
            } catch {
                listener.show(.failed(error))
                throw error
            }
        }
    }

    private func answer(to listener: CallbackListener) async throws(BrokerError) -> String {
        let answer = Locked<String?>(nil)
        await Patience.first(
            of: {
                if let text = await listener.answer { answer.withLock { $0 = text } }
            }, { [wait] in try? await Task.sleep(for: wait) })
        if let text = answer.withLock({ $0 }) { return text }
        guard !Task.isCancelled else {
            throw BrokerError(.cancelled, "Interrupted before anyone signed in.")
        }
        throw BrokerError(.timedOut, "Nobody signed in within \(wait.setting). Begin again, or allow more with --wait.")
    }
}
