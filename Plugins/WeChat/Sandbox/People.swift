import BrokerSandbox

/// Whom the sandbox knows.
extension Person {
    /// The users of every app.
    static let users = all.map { $0.described(by: $0.phone.text) } + [unbound, garbled]

    /// The users of a page inside WeChat, which it may show as a snapshot.
    static let visitors = users + [snapshot]

    /// Someone of whom the app gets no unionid.
    private static let unbound = Person(
        number: 4, name: "unbound", givenName: "Katherine", familyName: "Johnson", phoneNumber: "+12025550104"
    ).described(by: "without a unionid")

    /// Someone whose name is cut off inside a character, as ``BrokenText`` has it.
    private static let garbled = Person(
        number: 5, name: "garbled", givenName: "Wang", familyName: "Xiao\(BrokenText.mark)",
        phoneNumber: "+12025550105"
    ).described(by: "whose name is broken off inside a character")

    /// Someone to whom WeChat shows the page as a snapshot, with ids and a name that are made up for it.
    private static let snapshot = Person(
        number: 6, name: "snapshot", givenName: "WeChat", familyName: "User", phoneNumber: "+12025550106"
    ).described(by: "to whom WeChat shows the page as a snapshot")

    /// Whether WeChat gives no unionid of them.
    var isUnbound: Bool { name == Self.unbound.name }

    /// Whether WeChat shows them the page as a snapshot.
    var seesSnapshot: Bool { name == Self.snapshot.name }
}
