/// What a mobile app passes to DingTalk's SDK to sign its user in: `AuthLoginParam` on Android takes both members, and
/// `DTAuthorizeReq` on iOS the redirect URI alone.
public struct DingTalkAuthRequest: Sendable, Hashable {
    /// The redirect URI that is registered for the app at DingTalk.
    public let redirectURI: String
    /// What DingTalk's SDK for Android returns with the code, by which the app knows that it is the answer to its own request: at
    /// least 16 random letters and digits, new for each login. The one for iOS neither takes nor returns it.
    public let state: String

    /// Makes a request. Returns nil if the state is not letters and digits alone, or is shorter than 16 or longer than 128 of
    /// them, or if the redirect URI is no https address.
    public init?(redirectURI: String, state: String) {
        let isPlain = state.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard isPlain, (16...128).contains(state.utf8.count), redirectURI.hasPrefix("https://"),
            redirectURI.utf8.count > 8, redirectURI.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.redirectURI = redirectURI
        self.state = state
    }
}

extension DingTalkAuthRequest: CustomReflectable {
    /// A mirror without the state, by which someone else's code could be passed off as the answer.
    public var customMirror: Mirror { Mirror(self, children: ["redirectURI": redirectURI]) }
}
