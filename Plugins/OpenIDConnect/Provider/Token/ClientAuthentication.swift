import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import UpstreamAPI

/// How the client proves at the token endpoint who it is (OpenID Connect Core §9).
struct ClientAuthentication: Sendable {
    /// What the client authenticates with.
    enum Proof: Sendable {
        /// Nothing: a public client.
        case none
        case secret(Secret)
        /// A secret that is signed anew for each request.
        case signedSecret(ClientAssertion)
        case assertion(ClientAssertion)

        /// The methods that it allows.
        var methods: [ClientAuthenticationMethod] {
            switch self {
            case .none: [.none]
            case .secret, .signedSecret: [.basic, .post]
            case .assertion: [.privateKeyJWT]
            }
        }
    }

    let clientId: String
    let proof: Proof
    /// The method in the settings; nil for the first that the provider offers.
    let method: ClientAuthenticationMethod?

    /// Adds the proof to a request.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if the provider offers no method that the settings allow.
    func add(
        to fields: inout FormFields,
        _ headerFields: inout HTTPFields,
        by metadata: ProviderMetadata,
        at now: Date
    ) throws {
        let endpoint = metadata.endpoints.token
        switch (try method(offered: metadata.authMethods), proof) {
        case (.basic, .secret(let secret)): headerFields[.authorization] = ClientText.basic(clientId, secret)
        case (.basic, .signedSecret(let assertion)):
            headerFields[.authorization] = ClientText.basic(clientId, try assertion.signed(at: now, for: endpoint))
        case (.post, .secret(let secret)): post(secret, in: &fields)
        case (.post, .signedSecret(let assertion)): post(try assertion.signed(at: now, for: endpoint), in: &fields)
        case (_, .assertion(let assertion)):
            addClientId(to: &fields)
            fields.add("client_assertion_type", ClientAssertion.type)
            fields.add("client_assertion", try assertion.signed(at: now, for: endpoint).reveal())
        default:
            addClientId(to: &fields)
        }
    }

    /// A pushed request has it already, and nothing may be there twice (RFC 6749 §3.1).
    private func addClientId(to fields: inout FormFields) {
        if !fields.names.contains("client_id") { fields.add("client_id", clientId) }
    }

    private func post(_ secret: Secret, in fields: inout FormFields) {
        addClientId(to: &fields)
        fields.add("client_secret", secret.reveal())
    }

    /// The method that the settings name, or the first of the provider's that they allow.
    ///
    /// - Parameter offered: The provider's methods in its order; nil means Basic (Discovery §3).
    /// - Throws: ``BrokerError`` of kind `misconfigured` if there is none.
    func method(offered: [String]?) throws(BrokerError) -> ClientAuthenticationMethod {
        if let method { return method }
        let allowed = proof.methods
        if case .none = proof { return .none }
        // A provider that names no method would refuse an assertion by default, but an operator who set a key knows better.
        guard let offered else { return allowed[0] }
        guard let usable = offered.compactMap(ClientAuthenticationMethod.init).first(where: allowed.contains) else {
            throw BrokerError(
                .misconfigured,
                """
                The provider offers no method for \(allowed == [.privateKeyJWT] ? "clientAssertion" : "clientSecret"). \
                Set what it offers, or authMethod.
                """)
        }
        return usable
    }
}
