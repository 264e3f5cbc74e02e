/// How far the clock may be off when a token is checked.
struct ClockLeeway {
    /// How much longer than stated a token is valid.
    let expiry: Duration
    /// How much earlier than stated a token is valid.
    let start: Duration

    static let none = ClockLeeway(expiry: .zero, start: .zero)

    /// For another's tokens, or another's clock.
    static func others(_ skew: Duration) -> ClockLeeway {
        let skew = min(max(skew, .zero), KeyRotation.clockSkew)
        return ClockLeeway(expiry: skew, start: skew)
    }

    /// For our own tokens: an expired token has expired (RFC 7662 §4). A token from the future was issued by a replica
    /// whose clock is ahead, or before the clock was set back: it is accepted for as long as a token can live at all.
    static func own(_ lifetimes: TokenLifetimes) -> ClockLeeway {
        ClockLeeway(expiry: .zero, start: max(lifetimes.longest, KeyRotation.clockSkew))
    }
}
