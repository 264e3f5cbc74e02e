#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RedirectFlow {
    private struct Stored: Codable {
        let provider: String
        let redirectURI: String
        let state: String
        let nonce: String
        let codeVerifier: String
        let expiry: Double
        let isIssuerExpected: Bool
    }

    /// The flow as text, for a session store that outlives the process. Anyone who has it can complete this login.
    public var stored: Secret {
        let stored = Stored(
            provider: provider.rawValue,
            redirectURI: redirectURI,
            state: state.reveal(),
            nonce: nonce.reveal(),
            codeVerifier: codeVerifier.reveal(),
            expiry: expiry.timeIntervalSince1970,
            isIssuerExpected: isIssuerExpected
        )
        // Text and one finite number: JSON can represent all of it.
        let data = (try? JSONEncoder().encode(stored)) ?? Data()
        return Secret(String(decoding: data, as: UTF8.self))
    }

    /// The flow that was stored. Returns nil for any other text.
    public init?(stored: Secret) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(stored.revealBytes())),
            let provider = ProviderID(stored.provider)
        else { return nil }
        self.provider = provider
        redirectURI = stored.redirectURI
        state = Secret(stored.state)
        nonce = Secret(stored.nonce)
        codeVerifier = Secret(stored.codeVerifier)
        expiry = Date(timeIntervalSince1970: stored.expiry)
        isIssuerExpected = stored.isIssuerExpected
    }
}
