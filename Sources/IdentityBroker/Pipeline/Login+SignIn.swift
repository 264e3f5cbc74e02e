#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Login {
    /// Behind step 7: what the account is to know of the identity, where the login is to lead to an account.
    mutating func prepareSignIn(of identity: Identity) throws(BrokerError) {
        guard case .account(_, _, let grant) = purpose else { return }
        let claims: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            claims = try encoder.encode(identity.claims)
        } catch {
            throw BrokerError(.internalError, "The claims cannot be written as JSON. This is a defect of the broker.")
        }
        signIn = SignIn(
            key: identity.key,
            provider: providerID,
            alternateIdentifiers: identity.alternateIdentifiers,
            claims: String(decoding: claims, as: UTF8.self),
            time: began,
            newAccount: AccountID(broker.identifiers.next()),
            grant: grant
        )
    }
}
