/// Which nonce an ID token has to bring that a login rests on (OpenID Connect Core §3.1.3.7 number 11).
///
/// The nonce binds the token to one login of one app: without it, a token that was stolen anywhere signs the thief in. The
/// provider says what appears in the token, in ``UpstreamIdentity/nonce``, and the gate compares.
public enum NonceRule: String, Sendable, Hashable, CaseIterable {
    /// The login's own: the flow's, or the one that the app presents beside a native ID token.
    case required
    /// The same, if the token has one.
    case optional
    /// The upstream returns none, or issues no ID tokens. One that comes all the same has to be the login's own.
    case absent
    /// As ``required``; but a native token has the SHA-256 of what the app presents, in hexadecimal.
    case hashed
}
