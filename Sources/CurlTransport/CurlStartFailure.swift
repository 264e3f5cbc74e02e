/// Why the transport cannot start.
public struct CurlStartFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a stable code.
    public enum Reason: String, Sendable, Hashable {
        /// libcurl is older than the one that the broker was built for, or was built without a feature that it needs.
        case unsuitableLibrary
        /// libcurl could not be initialized.
        case initializationFailed
        /// Memory, threads or file descriptors have run out.
        case outOfResources
    }

    /// What is wrong.
    public let reason: Reason
    /// What is wrong and what to do, for people.
    public let description: String

    init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
