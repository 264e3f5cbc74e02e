import IdentityBroker
import JOSE

/// The checks of a client that apply to configuration and code alike.
extension TokenClient {
    /// Checks what can be checked without the rest.
    static func checkNames(_ id: String, _ audiences: [String], for grants: Set<GrantType>) throws(BrokerError) {
        guard id.isVisibleASCIIName else {
            throw .misconfigured("A client's id must be 1 to 255 characters of visible ASCII.")
        }
        guard !id.isTakenForAccount else {
            throw .misconfigured("The client's id \(id) has the form of an account's id, and could be taken for one.")
        }
        guard !audiences.isEmpty || !grants.needAudiences, audiences.allSatisfy(\.isVisibleASCIIName),
            Set(audiences).count == audiences.count
        else {
            throw .misconfigured(
                "The client \(id) needs at least one audience, each of 1 to 255 characters of visible ASCII, none twice."
            )
        }
    }

    static func check(_ authentication: Authentication, of id: String) throws(BrokerError) {
        switch authentication {
        case .secrets(let secrets): try check(secrets, of: id)
        case .keys(let keys): try check(keys, of: id)
        case .none: break
        }
    }

    /// Checks what only a client that authenticates may do, and what only a public one.
    func checkStanding() throws(BrokerError) {
        guard isConfidential else { return try checkPublic() }
        guard corsOrigins.isEmpty else {
            throw .misconfigured(
                "The client \(id) authenticates, which a page in a browser cannot do. Leave out its origins.")
        }
    }

    private func checkPublic() throws(BrokerError) {
        guard redeemsTicketsWithoutAuthentication || !grants.contains(.tokenExchange) else {
            throw .misconfigured(
                """
                The client \(id) is public and may exchange tickets. A ticket names no app: one that a rogue app got hold \
                of would sign its user in. Give the client a secret, or switch the risk on.
                """
            )
        }
        guard introspects.isEmpty else {
            throw .misconfigured("The client \(id) is public, and only one that authenticates may ask about tokens.")
        }
        guard !grants.contains(.clientCredentials) else {
            throw .misconfigured(
                "The client \(id) is public, and only one that authenticates gets tokens of its own (RFC 6749 §4.4).")
        }
        guard authorization.pkce == .required else {
            throw .misconfigured("The client \(id) is public, so it needs PKCE: nothing else binds its codes to it.")
        }
    }

    func checkNamesOfOthers() throws(BrokerError) {
        guard introspects.allSatisfy(\.isVisibleASCIIName) else {
            throw .misconfigured(
                """
                The client \(id) asks about tokens on behalf of a resource server whose name is not 1 to 255 characters of \
                visible ASCII.
                """
            )
        }
    }

    private static func check(_ secrets: [Secret], of id: String) throws(BrokerError) {
        guard (1...mostSecrets).contains(secrets.count) else {
            throw .misconfigured("The client \(id) needs 1 to \(mostSecrets) secrets.")
        }
        for secret in secrets {
            switch ClientSecretFlaw(in: secret) {
            case nil: break
            case .tooShort:
                throw .misconfigured(
                    """
                    A secret of the client \(id) has \(secret.byteCount) bytes and needs at least \
                    \(ClientSecretFlaw.minimumBytes). Make one with: openssl rand -base64 32
                    """
                )
            case .notPrintableASCII:
                throw .misconfigured("A secret of the client \(id) holds characters other than printable ASCII.")
            }
        }
    }

    private static func check(_ keys: [JSONWebKey], of id: String) throws(BrokerError) {
        guard (1...mostSecrets).contains(keys.count), Set(keys.map(\.thumbprint)).count == keys.count else {
            throw .misconfigured("The client \(id) needs 1 to \(mostSecrets) keys, none twice.")
        }
        guard keys.allSatisfy({ VerificationKey($0) != nil }) else {
            throw .misconfigured(
                """
                A key of the client \(id) verifies no signature: give an RSA key of at least 2048 bits, or one of EC or \
                Ed25519.
                """
            )
        }
    }
}

extension String {
    /// Whether a client of this id could be taken for a person: the `sub` of a client's own token is its id (RFC 9068 §5).
    package var isTakenForAccount: Bool { AccountID(lowercased()) != nil }
}
