<?php
// Ask onrecord about an article, for a CMS. PHP 8.1 or newer; no extension but openssl, for https.
//
//   CHECK_URL=http://127.0.0.1:8000 php check.php article.json

declare(strict_types=1);

const CHECK_BUDGET = 2.0; // seconds for which the editor waits at most, for both attempts together
const CHECK_PAUSE = 0.2; // seconds before the second, where the service names no time

/**
 * Ask about an article: a request of POST /v1/score.
 *
 * Gives ['answer' => …], or ['reason' => …] why there is none. It never throws: nothing here may keep a story from
 * being published.
 */
function check_article(array $article, string $url, ?string $key = null, float $budget = CHECK_BUDGET): array
{
    $deadline = microtime(true) + $budget;
    $requestId = bin2hex(random_bytes(16));
    try {
        $outcome = attempt_check($article, $url, $key, $requestId, $budget);
        if (isset($outcome['wait']) && microtime(true) + $outcome['wait'] < $deadline) {
            usleep((int) (1e6 * $outcome['wait']));
            $outcome = attempt_check($article, $url, $key, $requestId, $deadline - microtime(true));
        }
    } catch (Throwable) {
        $outcome = ['reason' => 'the check failed'];
    }
    return isset($outcome['answer']) ? $outcome : ['reason' => "{$outcome['reason']} (request $requestId)"];
}

/** One request; 'wait' comes with a failure that may pass: how long to wait before another. */
function attempt_check(array $article, string $url, ?string $key, string $requestId, float $left): array
{
    $headers = ['Content-Type: application/json', "X-Request-ID: $requestId"];
    if ($key) {
        $headers[] = "Authorization: Bearer $key";
    }
    $request = ['offset_encoding' => 'utf-8'] + $article; // bytes, the unit of PHP's strings
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => $headers,
        'content' => json_encode($request, JSON_THROW_ON_ERROR),
        'follow_location' => 0, // neither the text nor the key goes anywhere else
        'ignore_errors' => true, // the body of an error says what went wrong
        'timeout' => $left,
    ]]);
    $start = microtime(true);
    $stream = @fopen("$url/v1/score", 'r', false, $context);
    $content = $stream ? stream_get_contents($stream) : false;
    if (!$stream || stream_get_meta_data($stream)['timed_out']) {
        return $stream || microtime(true) - $start >= $left
            ? ['reason' => 'no answer in time']
            : ['reason' => 'the service cannot be reached', 'wait' => CHECK_PAUSE];
    }
    $lines = stream_get_meta_data($stream)['wrapper_data'];
    $status = (int) explode(' ', $lines[0])[1];
    $data = json_decode((string) $content, true); // null where what stands between answers in HTML
    if ($status === 200) {
        return isset($data['verdict']) ? ['answer' => $data] : ['reason' => "the answer is not the service's"];
    }
    $outcome = ['reason' => ($data['title'] ?? 'no answer') . ", status $status"];
    if (in_array($status, [429, 502, 503, 504], true)) {
        $seconds = preg_filter('/^Retry-After: *(\d+)$/i', '$1', $lines);
        $outcome['wait'] = $seconds ? (float) reset($seconds) : CHECK_PAUSE;
    }
    return $outcome;
}

/** What to show an editor: the verdict, and the words that each flag is about. */
function report_check(array $article, array $answer): string
{
    $texts = array_column($article['segments'], 'text', 'id');
    $lines = ["verdict: {$answer['verdict']}"];
    foreach ($answer['flags'] as $flag) {
        $lines[] = "{$flag['severity']} {$flag['code']}: {$flag['message']}";
        foreach ($flag['sentences'] as $index) {
            ['segment' => $segment, 'start' => $start, 'end' => $end] = $answer['sentences'][$index];
            $lines[] = "  $segment: " . substr($texts[$segment], $start, $end - $start);
        }
    }
    return implode("\n", $lines);
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    $article = json_decode(file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR);
    $outcome = check_article($article, getenv('CHECK_URL'), getenv('CHECK_KEY') ?: null);
    $answer = $outcome['answer'] ?? null;
    echo $answer ? report_check($article, $answer) : "not checked: {$outcome['reason']}", "\n";
}
