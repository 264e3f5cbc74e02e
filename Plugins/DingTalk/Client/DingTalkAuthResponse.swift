/// What DingTalk's SDK returns to the app.
///
/// Whatever is in it came through the user's device and proves nothing until a server has exchanged the code.
public struct DingTalkAuthResponse: Sendable {
    /// How the visit to DingTalk ended.
    public let outcome: DingTalkAuthOutcome

    /// Reads the answer of the SDK for Android (the extras of `DDAuthActivity`'s intent).
    ///
    /// - Parameters:
    ///   - authCode: `CALLBACK_EXTRA_AUTH_CODE`.
    ///   - state: `CALLBACK_EXTRA_STATE`. An answer without the request's own is refused: whoever opens the app's activity with a
    ///     code of theirs would sign its user in as themselves.
    ///   - error: `CALLBACK_EXTRA_ERROR`, a text. With one, there is no code, whatever came with it.
    ///   - request: The request that it answers.
    public init(authCode: String?, state: String?, error: String?, to request: DingTalkAuthRequest) {
        if let error, !error.isEmpty {
            outcome = .failed(DingTalkAuthFailure(.reported))
        } else if state?.utf8.elementsEqual(request.state.utf8) != true {
            outcome = .failed(DingTalkAuthFailure(.otherState))
        } else {
            outcome = Self.outcome(authCode)
        }
    }

    /// Reads the answer of the SDK for iOS (`DTAuthorizeResp`), **which nothing binds to a request**: it has no state. Whoever opens
    /// the app's callback URL with a code of theirs signs its user in as themselves. Read one answer for each request, and none
    /// while no request is open, and show the user whose account it is.
    ///
    /// - Parameters:
    ///   - errorCode: `DTBaseResp.errorCode`: 0 success, -1 common error, -2 the user went back, -3 not sent, -4 refused, -5 not
    ///     supported.
    ///   - accessCode: `DTAuthorizeResp.accessCode`, which is the code. Read on success only.
    public init(errorCode: Int, accessCode: String?) {
        switch SDKError(rawValue: errorCode) {
        case .success:
            outcome = Self.outcome(accessCode)
        case .userCancelled:
            outcome = .cancelled
        case .common, .sentFailed, .authDenied, .unsupported, nil:
            outcome = .failed(DingTalkAuthFailure(.sdk(errorCode)))
        }
    }

    private static func outcome(_ text: String?) -> DingTalkAuthOutcome {
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

    /// A mirror without children: anyone with the code can sign in.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
