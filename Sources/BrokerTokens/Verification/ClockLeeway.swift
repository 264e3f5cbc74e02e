/// How far the clock may be off when a token is checked.
struct ClockLeeway {
    /// How much longer than it says a token holds.
    let expiry: Duration
    /// How much earlier than it says a token holds.
    let start: Duration

    static let none = ClockLeeway(expiry: .zero, start: .zero)

    /// For another's tokens, or another's clock.
    static func others(_ skew: Duration) -> ClockLeeway {
        let skew = min(max(skew, .zero), KeyRotation.clockSkew)
        return ClockLeeway(expiry: skew, start: skew)
    }

    /// For our own tokens: what has expired has expired (RFC 7662 §4). One from the future was issued by a replica whose
    /// clock is ahead, or before the clock was set back: it is taken as long as a token can live at all.
    static func own(_ lifetimes: TokenLifetimes) -> ClockLeeway {
        ClockLeeway(expiry: .zero, start: max(lifetimes.longest, KeyRotation.clockSkew))
    }
}
