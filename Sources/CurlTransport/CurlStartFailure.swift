/// Why the transport cannot start.
public struct CurlStartFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in terms that stay the same.
    public enum Reason: String, Sendable, Hashable {
        /// libcurl is older than the one that the broker was built for, or built without something that it needs.
        case unsuitableLibrary
        /// libcurl could not be initialised.
        case initialisationFailed
        /// No memory, or no more threads or file descriptors.
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
