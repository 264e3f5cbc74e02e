/// Who requested a login, as far as the login is concerned.
///
/// A waiting login uses no capacity of the process, so it does not count as work in progress. Once the requester is
/// gone, no one receives the outcome, so the login gives up what it has not begun.
package protocol LoginRequester: Sendable {
    /// The login begins to wait for its turn or its upstream; or this, or any other request, for an unresponsive store.
    func loginWillWait()

    /// The wait has ended.
    func loginDidWait()

    /// Whether no one waits for the outcome anymore.
    var isGone: Bool { get }

    /// Sets what to do once the requester is gone; nil for nothing. There is one action at a time, and none after that
    /// moment.
    func onGone(_ action: (@Sendable () -> Void)?)
}
