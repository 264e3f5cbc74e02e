/// What a login leads to.
enum LoginPurpose: Sendable {
    case identity
    case account(in: any AccountStore, client: String?, opening: GrantProposal?)

    var client: String? {
        if case .account(_, let client, _) = self { client } else { nil }
    }
}
