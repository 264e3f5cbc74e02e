public import IdentityBroker
import WXAppClient

extension WXAppProvider: CallbackReading {
    /// Reads the ticket out of the query string that the mini program returned.
    ///
    /// - Throws: ``BrokerError`` of kind `cancelledByUser`, or `invalidCredential` if the mini program reported a
    ///   failure or the text is not its query.
    public static func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        let outcome: WXAppOutcome
        do {
            outcome = try WXAppCallback(query: callback).outcome
        } catch {
            throw BrokerError(.invalidCredential, error.description)
        }
        switch outcome {
        case .authorized(let ticket):
            return .ticket(ticket.value)
        case .cancelled:
            throw BrokerError(.cancelledByUser, "The user left the mini program without signing in.")
        case .failed(let failure):
            throw BrokerError(
                .invalidCredential,
                failure.description,
                upstreamCode: failure.upstreamCode.map(String.init)
            )
        }
    }
}
