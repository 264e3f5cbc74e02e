/// When an exchange fails, which decides what happens to the ticket.
public enum FaultMoment: Sendable, Hashable {
    /// Before the ticket is examined; it stays valid.
    case beforeRedemption

    /// After the ticket is redeemed, while the answer is on its way; a valid ticket is spent.
    case afterRedemption
}
