/// What WeCom's SDK returns to the app: a `WWKSSOResp` on iOS, a `WWAuthMessage.Resp` on Android.
///
/// Whatever is in it came through the user's device and proves nothing until a server has exchanged the code.
public struct WeComAuthResponse: Sendable {
    /// How the visit to WeCom ended.
    public let outcome: WeComAuthOutcome

    /// Reads the SDK's answer.
    ///
    /// - Parameters:
    ///   - result: What its `errCode` says.
    ///   - code: Its `code`. Read on success only.
    ///   - state: Its `state`. An answer without the request's own is refused: anyone who opens the app's URL with a code of theirs
    ///     would sign its user in as themselves.
    ///   - request: The request that it answers.
    public init(result: WeComSDKResult, code: String?, state: String?, to request: WeComAuthRequest) {
        outcome = Self.outcome(result, code, state, request)
    }

    private static func outcome(
        _ result: WeComSDKResult,
        _ text: String?,
        _ state: String?,
        _ request: WeComAuthRequest
    ) -> WeComAuthOutcome {
        switch result {
        case .success: break
        case .cancelled: return .cancelled
        case .failed(let errCode): return .failed(WeComAuthFailure(.sdk(errCode)))
        }
        guard state?.utf8.elementsEqual(request.state.utf8) == true else {
            return .failed(WeComAuthFailure(.otherState))
        }
        guard let text, !text.isEmpty else { return .failed(WeComAuthFailure(.codeMissing)) }
        guard let code = WeComAuthCode(text, state: request.state) else {
            return .failed(WeComAuthFailure(.codeMalformed))
        }
        return .authorized(code)
    }
}

/// What the SDK's `errCode` says. Its values are constants of the SDK, with which the app compares it.
public enum WeComSDKResult: Sendable, Hashable {
    /// `WWKBaseRespErrCodeOK`, `WWAuthMessage.ERR_OK`.
    case success
    /// `WWKBaseRespErrCodeCancelled`, `WWAuthMessage.ERR_CANCEL`.
    case cancelled
    /// Any other value.
    case failed(errCode: Int)
}

/// How a visit to WeCom ended.
public enum WeComAuthOutcome: Sendable {
    /// The member signed in, and this is the code for the server.
    case authorized(WeComAuthCode)
    /// The member went back.
    case cancelled
    /// It yielded no usable code.
    case failed(WeComAuthFailure)
}

/// A code for one login. It is in no description.
public struct WeComAuthCode: Sendable, CustomReflectable {
    /// The code: 1 to 512 characters of visible ASCII.
    public let rawValue: String
    private let state: String

    /// Returns nil for anything else.
    init?(_ text: String, state: String) {
        guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
        self.state = state
    }

    /// What the server hands to the broker to finish the login that it began: the query that a browser would have brought
    /// back, `code=…&state=…`.
    public var callback: String { "code=\(Self.encoded(rawValue))&state=\(state)" }

    /// A mirror without children: anyone with the code can sign in.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// With all but unreserved characters percent-encoded (RFC 3986 §2.3).
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
            default: "%\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
            }
        }.joined()
    }
}
