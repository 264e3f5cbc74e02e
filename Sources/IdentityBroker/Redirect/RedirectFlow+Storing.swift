import StrictJSON

import Foundation

extension RedirectFlow {
    /// The flow as text, for a session store that outlives the process. Anyone who has it can complete this login.
    public var stored: Secret {
        let members: JSONObject = [
            "provider": .string(provider.rawValue),
            "redirectURI": .string(redirectURI),
            "state": .string(state.reveal()),
            "nonce": .string(nonce.reveal()),
            "codeVerifier": .string(codeVerifier.reveal()),
            "expiry": .double(expiry.timeIntervalSince1970),
            "isIssuerExpected": .bool(isIssuerExpected),
        ]
        return Secret(members.json)
    }

    /// The flow that was stored. Returns nil for any other text.
    public init?(stored: Secret) {
        guard let members = (try? JSONReader().read(stored.revealBytes()))?.object,
            let provider = members["provider"]?.string.flatMap({ ProviderID($0) }),
            let redirectURI = members["redirectURI"]?.string, let state = members["state"]?.string,
            let nonce = members["nonce"]?.string, let codeVerifier = members["codeVerifier"]?.string,
            let expiry = members["expiry"]?.double, let isIssuerExpected = members["isIssuerExpected"]?.bool
        else { return nil }
        self.provider = provider
        self.redirectURI = redirectURI
        self.state = Secret(state)
        self.nonce = Secret(nonce)
        self.codeVerifier = Secret(codeVerifier)
        self.expiry = Date(timeIntervalSince1970: expiry)
        self.isIssuerExpected = isIssuerExpected
    }
}
