/// When the next byte of a drip is sent.
public enum DripPace: Sendable {
    /// A byte each time the turnstile lets the script pass.
    case each(Turnstile)

    /// A byte after each interval of real time. For manual inspection; tests use ``each(_:)``.
    case every(Duration)
}
