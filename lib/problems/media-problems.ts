import type { Sentences } from "#lib/problems/sentences";

/** Problems of media, and warnings about media that are published in another form. */
export const MEDIA_PROBLEMS = {
  medium_foreign: { api: "{url} cannot be published: it is {type}.", "zh-TW": "{url} 無法發布：它是 {type}。" },
  medium_no_media: {
    api: "{url} is neither an image nor a video that can be published.",
    "zh-TW": "{url} 不是可以發布的圖片或影片。",
  },
  medium_type_network: {
    api: "{url} is {type}. The network accepts {accepted}.",
    "zh-TW": "{url} 是 {type}，這個社群網路只接受：{accepted}。",
  },
  medium_type_server: {
    api: "{url} is {type}, which this server does not accept.",
    "zh-TW": "{url} 是 {type}，這個伺服器不接受。",
  },
  medium_type_bluesky: {
    api: "{url} is {type}, which Bluesky does not accept.",
    "zh-TW": "{url} 是 {type}，Bluesky 不接受。",
  },
  medium_bytes_network: {
    api: "{url} has {bytes} bytes. The network accepts {most}.",
    "zh-TW": "{url} 有 {bytes} 位元組，社群網路最多接受 {most}。",
  },
  medium_bytes_server: {
    api: "{url} is larger than the {most} bytes that this server accepts.",
    "zh-TW": "{url} 超過這個伺服器所接受的 {most} 位元組。",
  },
  medium_bytes_bluesky: {
    api: "{url} is larger than the {most} bytes that Bluesky accepts.",
    "zh-TW": "{url} 超過 Bluesky 所接受的 {most} 位元組。",
  },
  medium_bytes_fetched: {
    api: "{url} is larger than {most} bytes, the most that is fetched.",
    "zh-TW": "{url} 超過可取得的上限 {most} 位元組。",
  },
  medium_large_network: {
    api: "{url} is larger than the network accepts.",
    "zh-TW": "{url} 超過社群網路所接受的大小。",
  },
  medium_large_moving: {
    api: "{url} is animated and larger than {network} accepts.",
    "zh-TW": "{url} 是動態圖片，超過 {network} 所接受的大小。",
  },
  medium_pixels: { api: "{url} has more than {most} pixels.", "zh-TW": "{url} 超過 {most} 像素。" },
  medium_no_picture: { api: "{url} cannot be read as a picture.", "zh-TW": "{url} 無法讀取為圖片。" },
  medium_no_video: { api: "{url} cannot be read as a video.", "zh-TW": "{url} 無法讀取為影片。" },
  medium_video_alone: {
    api: "{url} is a video. A post with a video can have no other media.",
    "zh-TW": "{url} 是影片，貼文中不能再有其他媒體。",
  },
  medium_unkept: { api: "{url} could not be stored.", "zh-TW": "無法儲存 {url}。" },
  medium_disk_full: {
    api: "{url} could not be fetched because this server’s disk is nearly full.",
    "zh-TW": "本系統的磁碟空間即將用盡，無法取得 {url}。",
  },
  medium_unfetched: { api: "{url} could not be fetched.", "zh-TW": "無法取得 {url}。" },
  medium_forbidden: { api: "{url} may not be fetched.", "zh-TW": "不允許取得 {url}。" },
  medium_status: { api: "{url} answered with status {status}.", "zh-TW": "{url} 回應狀態碼 {status}。" },
  medium_empty: { api: "{url} is empty.", "zh-TW": "{url} 沒有內容。" },
  medium_cut: { api: "The transfer of {url} stopped in the middle.", "zh-TW": "{url} 的傳輸中途停止。" },
  medium_misannounced: {
    api: "{url} was not as long as its server announced.",
    "zh-TW": "{url} 的長度與其伺服器宣告的不符。",
  },
  medium_late: {
    api: "{url} had not arrived completely after {seconds} s. It is fetched and checked when the post is published, so it must be available then.",
    "zh-TW": "{url} 在 {seconds} 秒後仍未傳完。發布時會再取得並檢查，屆時必須仍可取得。",
  },
  medium_fetched_later: {
    api: "{url} could not be stored here. It is fetched and checked when the post is published, so it must be available then.",
    "zh-TW": "{url} 無法先存放在這裡。發布時會再取得並檢查，屆時必須仍可取得。",
  },
  medium_shrunk: {
    api: "{url} is larger than {network} accepts. A smaller version is published.",
    "zh-TW": "{url} 超過 {network} 所接受的大小，將發布縮小的版本。",
  },
  medium_stopped: {
    api: "{url} is animated. {network} shows it as a still picture.",
    "zh-TW": "{url} 是動態圖片，{network} 會以靜態顯示。",
  },
} as const satisfies Record<string, Sentences>;
