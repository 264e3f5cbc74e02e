import Foundation
import HTTPTypes
import IdentityBroker

/// How the client proves at the token endpoint who it is (OpenID Connect Core §9).
struct ClientAuthentication: Sendable {
    let clientId: String
    let secret: Secret?
    /// The method in the settings; nil for the first that the provider offers.
    let method: ClientAuthenticationMethod?

    /// Adds the proof to a request.
    ///
    /// - Parameter offered: The provider's methods in its order; nil means Basic (Discovery §3).
    /// - Throws: ``BrokerError`` of kind `misconfigured` if the provider offers none that the settings allow.
    func add(
        to fields: inout FormFields,
        _ headerFields: inout HTTPFields,
        offered: [String]?
    ) throws(BrokerError) {
        switch (try method(offered: offered), secret) {
        case (.basic, let secret?):
            // RFC 6749 §2.3.1: both are form-encoded before they are joined.
            let credentials = "\(FormFields.encoded(clientId)):\(FormFields.encoded(secret.reveal()))"
            headerFields[.authorization] = "Basic \(Data(credentials.utf8).base64EncodedString())"
        case (.post, let secret?):
            fields.add("client_id", clientId)
            fields.add("client_secret", secret.reveal())
        default:
            fields.add("client_id", clientId)
        }
    }

    /// The method that the settings name, or the first of the provider's that they allow.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if there is none.
    func method(offered: [String]?) throws(BrokerError) -> ClientAuthenticationMethod {
        if let method { return method }
        guard secret != nil else { return .none }
        let usable = (offered ?? [ClientAuthenticationMethod.basic.rawValue])
            .compactMap(ClientAuthenticationMethod.init).first { $0 != .none }
        guard let usable else {
            throw BrokerError(
                .misconfigured, "The provider does not accept a client secret by Basic or in the body. Set authMethod.")
        }
        return usable
    }
}
