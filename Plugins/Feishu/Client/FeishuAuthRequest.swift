/// What a mobile app passes to Feishu's SDK (LarkSSO) to sign its user in: `App` and `SSORequest` on iOS, `LarkSSO.Builder` on
/// Android and HarmonyOS.
///
/// The SDK makes a state of its own and compares it, so none is here. Leave its challenge mode (`useChallengeCode`,
/// `setChallengeMode`) off: it is for apps without a server, and the broker, which redeems the code with the app's secret, has no
/// verifier for it.
public struct FeishuAuthRequest: Sendable, Hashable {
    /// The App ID at Feishu (`cli_…`).
    public let appId: String
    /// The permissions that the user has to grant; others of the app, the user may refuse.
    public let scopes: [String]

    /// Makes a request. Returns nil if the App ID is not 1 to 128 letters, digits and underscores, or a permission is empty or
    /// has characters that none has (RFC 6749 §3.3).
    public init?(appId: String, scopes: [String] = []) {
        guard (1...128).contains(appId.utf8.count), appId.utf8.allSatisfy(Self.isIDByte),
            scopes.allSatisfy({ scope in
                !scope.isEmpty && scope.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
            })
        else { return nil }
        self.appId = appId
        self.scopes = scopes
    }

    /// The scheme of the URL by which Feishu returns to the app on iOS: the App ID without underscores.
    public var scheme: String { appId.filter { $0 != "_" } }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
