/// The scope within which a record's ids have a meaning.
struct RecordScope: Sendable {
    /// The pool that was asked, and that the record and its token must belong to.
    let userPoolId: String
    /// The AppID of the mini program, the scope of openids.
    let appId: String
}
