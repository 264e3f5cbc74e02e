/// How long tokens and keys live.
public struct TokenTimes: Sendable, Hashable {
    /// How long an access token is good for.
    public var accessTokenLifetime: Duration = .seconds(10 * 60)
    /// How long an ID token is good for.
    public var idTokenLifetime: Duration = .seconds(10 * 60)
    /// How long a grant lives at most, however often it is refreshed.
    public var refreshTokenLifetime: Duration = .seconds(90 * 24 * 60 * 60)
    /// How long an unused refresh token is valid.
    public var refreshTokenIdleLifetime: Duration = .seconds(30 * 24 * 60 * 60)
    /// For how long a refresh token may be presented once more after it was used.
    public var refreshGrace: Duration = .seconds(30)
    /// After how long the signing keys are replaced.
    public var keyRotation: Duration = .seconds(30 * 24 * 60 * 60)

    /// The defaults.
    public init() {}
}
