#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Stops every login at a step, until the process is killed.
struct StopSign: Sendable {
    let step: LoginStep?
    let report: @Sendable (ProbeLine) -> Void

    func pass(_ step: LoginStep) async {
        guard step == self.step else { return }
        report(.stopped(step))
        // A process whose test died ends by itself.
        try? await Task.sleep(for: .seconds(600))
        exit(2)
    }
}
