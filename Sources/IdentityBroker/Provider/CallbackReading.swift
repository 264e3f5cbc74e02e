/// A provider whose credential comes back from another app inside some text, such as a query string.
public protocol CallbackReading: IdentityProvider {
    /// Reads the credential out of the text, which the user's app handed on as it came.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/cancelledByUser`` where the user said no, or
    ///   ``BrokerError/Kind/invalidCredential`` where there is no credential in it.
    static func credential(fromCallback callback: String) throws(BrokerError) -> Credential
}
