extension Duration {
    /// Longer than anything that is meant to finish, even on a busy machine and under a sanitizer.
    static let patience = Duration.seconds(240)
}
