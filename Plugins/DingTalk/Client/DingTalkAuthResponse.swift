/// What DingTalk's SDK returns to the app (`DTAuthorizeResp`).
///
/// Whatever is in it came through the user's device and proves nothing until a server has exchanged the code.
public struct DingTalkAuthResponse: Sendable {
    /// How the visit to DingTalk ended.
    public let outcome: DingTalkAuthOutcome

    /// Reads the SDK's answer.
    ///
    /// - Parameters:
    ///   - errorCode: `DTBaseResp.errorCode`: 0 success, -1 common error, -2 the user went back, -3 not sent, -4 refused, -5 not
    ///     supported.
    ///   - accessCode: `DTAuthorizeResp.accessCode`, which is the code. Read on success only.
    ///   - state: The state that came back, if the SDK returns it.
    ///   - request: The request that it answers. A state that is not the request's is refused.
    public init(errorCode: Int, accessCode: String?, state: String?, to request: DingTalkAuthRequest) {
        switch SDKError(rawValue: errorCode) {
        case .success:
            outcome = Self.outcome(accessCode, state, request)
        case .userCancelled:
            outcome = .cancelled
        case .common, .sentFailed, .authDenied, .unsupported, nil:
            outcome = .failed(DingTalkAuthFailure(.sdk(errorCode)))
        }
    }

    private static func outcome(
        _ text: String?,
        _ state: String?,
        _ request: DingTalkAuthRequest
    ) -> DingTalkAuthOutcome {
        if let state, !state.utf8.elementsEqual(request.state.utf8) {
            return .failed(DingTalkAuthFailure(.otherState))
        }
        guard let text, !text.isEmpty else { return .failed(DingTalkAuthFailure(.codeMissing)) }
        guard let code = DingTalkAuthCode(text) else { return .failed(DingTalkAuthFailure(.codeMalformed)) }
        return .authorized(code)
    }
}

/// The values of `DTBaseResp.errorCode` (`DTOpenAPIErrorCode`).
enum SDKError: Int {
    case success = 0
    case common = -1
    case userCancelled = -2
    case sentFailed = -3
    case authDenied = -4
    case unsupported = -5
}

/// How a visit to DingTalk ended.
public enum DingTalkAuthOutcome: Sendable {
    /// The user signed in, and this is the code for the server, which presents it as an authorization code.
    case authorized(DingTalkAuthCode)
    /// The user went back.
    case cancelled
    /// It yielded no usable code.
    case failed(DingTalkAuthFailure)
}

/// A code for one login. It is in no description.
public struct DingTalkAuthCode: Sendable, CustomReflectable {
    /// The code: 1 to 512 characters of visible ASCII.
    public let rawValue: String

    /// Returns nil for anything else.
    public init?(_ text: String) {
        guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
    }

    /// A mirror without children: whoever has the code can sign in with it.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
