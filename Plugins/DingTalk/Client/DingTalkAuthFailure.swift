/// Why a visit to DingTalk yielded no usable code.
public struct DingTalkAuthFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// DingTalk's SDK reports a failure; see ``DingTalkAuthFailure/upstreamCode``.
        case sdk
        /// The answer is not the one to the app's request.
        case otherState = "other_state"
        /// There is no code in it.
        case codeMissing = "code_missing"
        /// The code has characters that no code has.
        case codeMalformed = "code_malformed"
    }

    enum Cause: Hashable {
        case sdk(Int)
        case reported
        case otherState
        case codeMissing
        case codeMalformed
    }

    private let cause: Cause

    init(_ cause: Cause) {
        self.cause = cause
    }

    /// What failed.
    public var kind: Kind {
        switch cause {
        case .sdk, .reported: .sdk
        case .otherState: .otherState
        case .codeMissing: .codeMissing
        case .codeMalformed: .codeMalformed
        }
    }

    /// The code of the SDK for iOS; nil unless the kind is ``Kind/sdk``. The one for Android has a text instead, which is in no
    /// description.
    public var upstreamCode: Int? {
        if case .sdk(let code) = cause { code } else { nil }
    }

    /// A sentence for people.
    public var description: String {
        switch cause {
        case .sdk(SDKError.authDenied.rawValue):
            "DingTalk refused. Check that the app is registered there with its bundle id."
        case .sdk(SDKError.unsupported.rawValue): "This version of DingTalk cannot sign in to apps. Update it."
        case .sdk(let code): "DingTalk's SDK failed with code \(code). Try again."
        case .reported: "DingTalk reports that it did not sign the user in. Try again."
        case .otherState: "DingTalk's answer belongs to another login. Begin a new one."
        case .codeMissing: "DingTalk reported success without a code. Begin a new login."
        case .codeMalformed: "DingTalk returned a code with characters that no code has. Begin a new login."
        }
    }
}
