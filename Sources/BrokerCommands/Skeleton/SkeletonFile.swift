/// A file of a new package.
struct SkeletonFile: Sendable, Hashable {
    /// Its path in the package.
    let path: String
    let text: String
}
