/// When an exchange goes wrong, which decides what becomes of the ticket.
public enum FaultMoment: Sendable, Hashable {
    /// Before the ticket was looked at; it stays good.
    case beforeRedemption

    /// When the ticket is redeemed already and the answer on its way; it is spent, if it was good.
    case afterRedemption
}
