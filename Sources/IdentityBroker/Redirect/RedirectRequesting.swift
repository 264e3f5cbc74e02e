/// A provider at whose own site the user signs in, and which sends the browser back with an authorization code.
///
/// State, nonce, code verifier and their checks are the pipeline's. The provider builds the URL, and redeems the code with
/// what it finds in ``Credential/flow``.
public protocol RedirectRequesting: IdentityProvider {
    /// Whether the upstream names itself in each answer, as ``IdentityProvider/issuer`` in the parameter `iss` (RFC 9207).
    /// An answer without it is then refused. Where one is given it has to be right in any case.
    var namesItselfInResponses: Bool { get }

    /// The upstream's URL for the user's browser, with the flow's state, redirect URI and code challenge in its query, and its
    /// nonce where the upstream issues ID tokens. Contacts nobody.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    func authorizationURL(for flow: RedirectFlow) throws -> String
}

extension RedirectRequesting {
    /// False: most upstreams do not.
    public var namesItselfInResponses: Bool { false }
}
