/// Who asked for a login, as far as the login deals with them.
///
/// A login that waits for others takes nothing of the process meanwhile: whoever counts what the process works on leaves it
/// out. Nobody hears of the outcome once the requester is gone, so the login gives up what it has not begun.
package protocol LoginRequester: Sendable {
    /// The login begins to wait for its turn or its upstream; or it, or any other request, for a silent store.
    func loginWillWait()

    /// The wait is over.
    func loginDidWait()

    /// Whether nobody waits for the outcome any more.
    var isGone: Bool { get }

    /// What to do once the requester goes; nil for nothing. There is one action at a time, and none after the requester went.
    func onGone(_ action: (@Sendable () -> Void)?)
}
