/// Decides which of a stranger's refused logins are recorded.
///
/// A login whose client did not authenticate can be refused as fast as the network carries it, and every event is kept for
/// months. Logins that reserved a credential are always recorded.
package protocol RefusalSampling: Sendable {
    /// Counts a refusal.
    ///
    /// - Returns: How many refusals its event represents, itself included; nil if it is not to be recorded.
    func count(_ refusal: AuditEvent) -> Int?

    /// Takes back refusals whose event could not be recorded.
    func putBack(_ count: Int, like refusal: AuditEvent)
}
