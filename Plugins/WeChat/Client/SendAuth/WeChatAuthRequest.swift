/// What a mobile app passes to WeChat's SDK to sign its user in: the fields of `SendAuthReq` (`SendAuth.Req` on Android).
///
/// ```swift
/// let signIn = WeChatAuthRequest()
/// let request = SendAuthReq()
/// request.scope = signIn.scope
/// request.state = signIn.state
/// WXApi.send(request)
/// ```
///
/// Keep it until WeChat comes back, and read the answer with
/// ``WeChatAuthResponse/init(errCode:code:state:answering:)``. Make another one for every login. The system may end the app
/// while WeChat is in front: keep ``state`` where it outlives that, and make the request from it again.
public struct WeChatAuthRequest: Sendable, CustomReflectable {
    /// For `SendAuthReq.scope`: `snsapi_userinfo`, the one scope of mobile apps (WeChat Open Platform, "Mobile App").
    public let scope = "snsapi_userinfo"

    /// For `SendAuthReq.state`: what binds the answer to this login. WeChat brings it back unchanged.
    public let state: String

    /// The longest state that WeChat takes, in bytes (`SendAuthReq.state` in `WXApiObject.h`).
    public static let longestState = 1024

    /// A mirror without children: whoever knows the state can forge an answer.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Makes a request for a new login, with a state of 256 random bits.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// - Parameter generator: A cryptographic one, from which nobody can tell the state.
    init(using generator: inout some RandomNumberGenerator) {
        state = (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Makes the request again to which an answer is due, or one with a state of the app's server.
    ///
    /// - Throws: ``WeChatStateError`` unless the state is 1 to ``longestState`` ASCII letters and digits. Others can change
    ///   on their way, which is through a URL.
    public init(state: String) throws(WeChatStateError) {
        guard (1...Self.longestState).contains(state.utf8.count), state.utf8.allSatisfy(Self.isLetterOrDigit) else {
            throw WeChatStateError()
        }
        self.state = state
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            false
        }
    }
}

/// The state that an app gave is not one that WeChat brings back unchanged.
public struct WeChatStateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as a stable name: `state_malformed`.
    public var code: String { "state_malformed" }

    /// A sentence for people, without the state.
    public var description: String {
        "The state is not 1 to \(WeChatAuthRequest.longestState) ASCII letters and digits; make another one."
    }
}
