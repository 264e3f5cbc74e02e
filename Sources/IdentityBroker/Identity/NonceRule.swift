/// Which nonce the ID token of a login must contain (OpenID Connect Core §3.1.3.7 number 11).
///
/// The nonce binds the token to one login of one app: without it, a token stolen anywhere signs the thief in. The
/// provider reports the token's nonce in ``UpstreamIdentity/nonce``, and the gate compares.
public enum NonceRule: String, Sendable, Hashable, CaseIterable {
    /// The login's own: the flow's, or the one that the app presents with a native ID token.
    case required
    /// The same, if the token has one.
    case optional
    /// The upstream returns none, or issues no ID tokens. If there is one anyway, it must be the login's own.
    case absent
    /// As ``required``, but a native token contains the SHA-256 of what the app presents, in hexadecimal.
    case hashed
}
