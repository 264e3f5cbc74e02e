/// What an app passes to Alipay's SDK to sign its user in: the `url` of the authorization service
/// (`AFServiceCenter.callService` on iOS, `OpenAuthTask.execute` on Android).
///
/// It needs no signature, and so no server. The older call of the payment SDK (`auth_V2WithInfo`) takes a text that the app's
/// private key signed, which belongs on no phone.
public struct AlipayAuthRequest: Sendable, Hashable {
    /// What the app may learn of its user.
    public enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The ids and the profile; the user is asked.
        case user = "auth_user"
        /// The ids alone; the user notices nothing.
        case base = "auth_base"
    }

    /// The mobile app's AppID at Alipay.
    public let appId: String
    /// What the app may learn.
    public let scope: Scope
    /// What Alipay returns with the code, by which the app knows that it is the answer to its own question: at least 16 random
    /// letters and digits, new for each login.
    public let state: String

    /// Makes a request. Returns nil if the AppID or the state is not letters and digits alone, or the state is shorter than 16
    /// or longer than 128 of them.
    public init?(appId: String, scope: Scope = .user, state: String) {
        guard Self.isPlain(appId), (1...64).contains(appId.utf8.count), Self.isPlain(state),
            (16...128).contains(state.utf8.count)
        else { return nil }
        self.appId = appId
        self.scope = scope
        self.state = state
    }

    /// The URL for the SDK's parameter `url`. Alipay opens it in its own app, or as a page.
    public var url: String {
        "https://authweb.alipay.com/auth?auth_type=PURE_OAUTH_SDK&app_id=\(appId)&scope=\(scope.rawValue)&state=\(state)"
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
    }
}

extension AlipayAuthRequest: CustomReflectable {
    /// A mirror without the state, by which someone else's code could be passed off as the answer.
    public var customMirror: Mirror { Mirror(self, children: ["appId": appId, "scope": scope]) }
}
