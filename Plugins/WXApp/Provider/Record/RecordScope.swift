/// Within what a record's ids mean anything.
struct RecordScope: Sendable {
    /// The pool that was asked, and that the record and its token must be of.
    let userPoolId: String
    /// The AppID of the mini program, the scope of openids.
    let appId: String
}
