/// A file of a new package.
struct SkeletonFile: Sendable, Hashable {
    /// Its place in the package.
    let path: String
    let text: String
}
