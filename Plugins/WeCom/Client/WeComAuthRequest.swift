import Foundation

/// What a company's own mobile app passes to WeCom's SDK to sign a member in: the company and the app to register it with
/// (`WWKApi.registerApp` on iOS, `WWAuthMessage.Req` on Android), and the state (`WWKSSOReq.state`, `WWAuthMessage.Req.state`).
/// The schema that WeCom's console made for the app goes beside them.
///
/// WeCom redeems the SDK's codes where it redeems those of its pages, so without a state anyone with a stolen code could sign
/// in. The app's server therefore begins a redirect at the broker, and the app takes the request from the URL of the page,
/// which it does not open.
public struct WeComAuthRequest: Sendable, Hashable {
    /// The company's id (CorpID).
    public let corpId: String
    /// The app's id (AgentId).
    public let agentId: String
    /// What WeCom returns with the code, by which app and broker know that it is the answer to this request.
    public let state: String

    /// Reads the URL of WeCom's page, with a QR code or inside WeCom, to which the broker would send a browser. Returns nil
    /// for anything else, and for a state that could be guessed or changed on its way.
    public init?(authorizationURL: String) {
        let query = authorizationURL.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
        var parameters: [String: String] = [:]
        for field in query.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let value = String(parts[1]).removingPercentEncoding,
                parameters.updateValue(value, forKey: String(parts[0])) == nil
            else { return nil }
        }
        guard let corpId = parameters["appid"], let agentId = parameters["agentid"], let state = parameters["state"]
        else {
            return nil
        }
        self.init(corpId: corpId, agentId: agentId, state: state)
    }

    /// Makes a request. Returns nil if an id is not 1 to 128 letters, digits, hyphens and underscores, or the state is not 16
    /// to 128 letters and digits.
    public init?(corpId: String, agentId: String, state: String) {
        guard [corpId, agentId].allSatisfy({ Self.isID($0) && (1...128).contains($0.utf8.count) }),
            Self.isPlain(state), (16...128).contains(state.utf8.count)
        else { return nil }
        self.corpId = corpId
        self.agentId = agentId
        self.state = state
    }

    private static func isID(_ text: String) -> Bool { isPlain(text.filter { $0 != "-" && $0 != "_" }) }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
    }
}

extension WeComAuthRequest: CustomReflectable {
    /// A mirror without the state, by which someone else's code could be passed off as the answer.
    public var customMirror: Mirror { Mirror(self, children: ["corpId": corpId, "agentId": agentId]) }
}
